# The frontend is built with the Node.js of a Python package, so one base image serves every stage.
# `make test-long` executes these very steps in a Debian root (tests/image), for want of a container engine in CI.
FROM python:3.11-slim AS tools
COPY requirements/build.txt requirements/build.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/build.txt

FROM tools AS frontend
WORKDIR /build
COPY frontend/package.json frontend/package-lock.json frontend/
RUN npm --prefix frontend ci --no-fund --no-audit
COPY openapi openapi
COPY frontend frontend
RUN npm --prefix frontend run build

# The service is installed where it will lie: it reads its migrations and its name beside its code (PEP 660).
FROM tools AS packages
RUN python -m venv /opt/pst
COPY requirements/runtime.txt requirements/runtime.txt
RUN /opt/pst/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
WORKDIR /srv/pst
COPY pyproject.toml README.md LICENSE ./
COPY api api
RUN mkdir /wheel \
    && python -c "from setuptools import build_meta; build_meta.build_editable('/wheel')" \
    && /opt/pst/bin/pip install --no-cache-dir --no-deps /wheel/pst-*.whl

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /srv/pst --no-create-home pst \
    && install -d -o pst -g pst /srv/pst/var
WORKDIR /srv/pst
COPY --from=packages /opt/pst /opt/pst
COPY --from=frontend /build/frontend/dist frontend/dist
COPY pyproject.toml README.md LICENSE ./
COPY openapi openapi
COPY migrations migrations
COPY api api
ENV PATH=/opt/pst/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    PST_HOST=0.0.0.0 PST_PORT=8000 PST_DATA_DIR=/srv/pst/var
USER pst
VOLUME /srv/pst/var
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PST_PORT\"]}/pst/v1/health', timeout=2)"]
ENTRYPOINT ["pst"]
CMD ["serve"]

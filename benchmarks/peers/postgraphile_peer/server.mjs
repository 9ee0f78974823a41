// PostGraphile 5 as its documentation advises for production: Amber preset, no explain, no GraphiQL, no watching.
// Each answer owes what ours owes: the token is verified (a signature once, as in our service), the rights are read
// anew, and the same row-level security is opened; our rules about drafts and audiences are left out.
import { createServer } from "node:http";
import { createLocalJWKSet, jwtVerify } from "jose";
import pg from "pg";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const issuer = process.env.PEER_ISSUER;
const keys = createLocalJWKSet(JSON.parse(process.env.PEER_JWKS));
const pool = new pg.Pool({ connectionString: process.env.PEER_DATABASE_URL, max: 10 });
const verified = new Map();

async function claimsOf(token) {
  let claims = verified.get(token);
  if (claims === undefined) {
    const rules = { issuer, audience: `${issuer}/pst/v1`, algorithms: ["ES256"] };
    claims = (await jwtVerify(token, keys, rules)).payload;
    if (verified.size > 4096) verified.clear();
    verified.set(token, claims);
  }
  if (claims.exp * 1000 <= Date.now()) throw new Error("the token is over");
  return claims;
}

async function workspaceOf(authorization) {
  const claims = await claimsOf((authorization ?? "").slice("Bearer ".length));
  const found = await pool.query({
    name: "enter",
    text: "select enter($1, null, null, null, $2, null) as told",
    values: [claims.sub, claims.jti],
  });
  const { told } = found.rows[0];
  if (told.status !== "ok") throw new Error(told.status);
  return told.workspace_id;
}

const preset = {
  extends: [PostGraphileAmberPreset],
  disablePlugins: ["PgIndexBehaviorsPlugin"], // or it would not filter by status, which has no index
  pgServices: [makePgService({ pool, schemas: ["public"], pubsub: false })],
  grafserv: { graphiql: false, watch: false, graphqlPath: "/graphql" },
  grafast: {
    explain: false,
    context: async (asked) => ({
      pgSettings: { "app.workspaces": `{${await workspaceOf(asked.node?.req?.headers.authorization)}}` },
    }),
  },
};

const service = postgraphile(preset).createServ(grafserv);
const server = createServer();
await service.addTo(server);
server.listen(Number(process.env.PEER_PORT), "127.0.0.1");

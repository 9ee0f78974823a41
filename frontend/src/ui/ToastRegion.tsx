import { useEffect, useState, useSyncExternalStore } from "react";
import { useWords } from "@/words";
import { Button } from "./Button";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";
import { currentToasts, dismissToast, subscribeToToasts, type Toast, toastLifeMs } from "./toasts";
import "./feedback.css";

/** One message; the clock stops while the pointer or the focus is on it. */
export function ToastCard({ toast, isHeld = false }: { toast: Toast; isHeld?: boolean }) {
  const { t } = useWords();
  const [isAttended, setAttended] = useState(false);
  useEffect(() => {
    if (isAttended || isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), toastLifeMs);
    return () => clearTimeout(timer);
  }, [isAttended, isHeld, toast.id]);
  return (
    <li
      className="toast"
      data-tone={toast.tone}
      onPointerEnter={() => setAttended(true)}
      onPointerLeave={() => setAttended(false)}
      onFocus={() => setAttended(true)}
      onBlur={() => setAttended(false)}
    >
      <Icon name={toast.tone === "error" ? "error" : "checkCircle"} />
      <span className="toast-message">{toast.message}</span>
      {toast.undo && (
        <Button
          variant="quiet"
          size="small"
          icon="undo"
          aria-label={t("ui.undo")}
          onPress={() => {
            toast.undo?.();
            dismissToast(toast.id);
          }}
        >
          {t("ui.cancel")}
        </Button>
      )}
      <IconButton icon="cross" size="small" label={t("ui.dismiss")} onPress={() => dismissToast(toast.id)} />
    </li>
  );
}

/** Where messages appear, and where a screen reader hears them without losing its place. */
export function ToastRegion() {
  const { t } = useWords();
  const toasts = useSyncExternalStore(subscribeToToasts, currentToasts);
  return (
    <section className="toast-region" aria-label={t("ui.notifications")}>
      <ol className="toast-list" aria-live="polite" aria-relevant="additions">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </ol>
    </section>
  );
}

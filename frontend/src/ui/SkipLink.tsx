import { useWords } from "@/words";
import "./layout.css";

/** The first stop of the Tab key: straight to the content. */
export function SkipLink({ targetId }: { targetId: string }) {
  const { t } = useWords();
  return (
    <a
      className="skip-link"
      href={`#${targetId}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(targetId)?.focus();
      }}
    >
      {t("ui.skipToContent")}
    </a>
  );
}

import { type RefObject, useLayoutEffect, useState } from "react";

/** Whether an element has less room than so many lines of text are wide: true of a telephone and of text doubled. */
export function useIsNarrow(element: RefObject<HTMLElement | null>, rem: number): boolean {
  const [isNarrow, setNarrow] = useState(false);
  useLayoutEffect(() => {
    const frame = element.current;
    if (!frame || typeof ResizeObserver === "undefined") return;
    const measure = () => {
      const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      setNarrow(frame.clientWidth < rem * size);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    measure();
    return () => observer.disconnect();
  }, [element, rem]);
  return isNarrow;
}

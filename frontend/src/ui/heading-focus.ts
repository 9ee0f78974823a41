let isAwaited = false;

/** Called when the reader goes to another page: the next heading drawn takes the focus. */
export function awaitHeading(): void {
  isAwaited = true;
}

/** True once after each navigation. */
export function isHeadingAwaited(): boolean {
  const was = isAwaited;
  isAwaited = false;
  return was;
}

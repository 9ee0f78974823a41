import { RouterProvider } from "@tanstack/react-router";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useWords } from "@/words";
import { router } from "./router";

/** React Aria speaks the language of the words. */
export function App() {
  const { locale } = useWords();
  return (
    <I18nProvider locale={locale}>
      <RouterProvider router={router} />
    </I18nProvider>
  );
}

import { render } from "@testing-library/react";
import type { ReactElement } from "react";
import { I18nProvider } from "react-aria-components/I18nProvider";

/** Draws a component as the service does, in Belgian French. */
export const show = (element: ReactElement) => render(<I18nProvider locale="fr-BE">{element}</I18nProvider>);

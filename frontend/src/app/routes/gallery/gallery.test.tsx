import { describe, test } from "vitest";
import { ConflictDialog } from "@/editing/ConflictDialog";
import { ActionSheet } from "@/features/actions/ActionSheet";
import { Placements, SheetText } from "@/features/actions/SheetFacts";
import { sampleAction, sampleDifferences } from "@/features/actions/sample-action";
import { UpdateForm } from "@/features/actions/UpdateForm";
import { SignInForm } from "@/features/identity/SignInForm";
import { expectAccessible } from "@/testing/axe";
import { show } from "@/testing/render";
import { Commands } from "./Commands";
import { Fields } from "./Fields";
import { Foundations } from "./Foundations";
import { Messages } from "./Messages";
import { Structure } from "./Structure";

const sampleTabs = [
  { id: "text", name: "Description", content: <SheetText action={sampleAction} /> },
  { id: "plans", name: "Rattachements", content: <Placements standings={sampleAction.placements} /> },
];
const nothing = () => undefined;

describe("axe finds nothing wrong in", () => {
  test.each([
    ["the foundations", <Foundations key="f" />],
    ["the commands", <Commands key="c" />],
    ["the fields", <Fields key="fi" />],
    ["the messages", <Messages key="m" />],
    ["the structure", <Structure key="s" />],
    ["the sign-in form", <SignInForm key="si" onSignIn={nothing} />],
    ["the update form", <UpdateForm key="u" action={sampleAction} onSave={nothing} onCancel={nothing} />],
    [
      "the action sheet",
      <ActionSheet
        key="a"
        action={sampleAction}
        tabs={sampleTabs}
        tab="plans"
        onTab={nothing}
        onUpdate={nothing}
      />,
    ],
  ])("%s", async (_name, element) => {
    const { container } = show(element);
    await expectAccessible(container);
  });

  test("the conflict dialog", async () => {
    show(<ConflictDialog isOpen differences={sampleDifferences} onSettle={nothing} onClose={nothing} />);
    await expectAccessible(document.body);
  });
});

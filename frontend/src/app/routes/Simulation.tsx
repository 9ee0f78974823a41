import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { isForbidden } from "@/api/problem";
import { ApproachBadge } from "@/features/articulation/ApproachBadge";
import { approaches, targets } from "@/features/articulation/approaches";
import { Conversions, UndoRefused, useUndoing } from "@/features/articulation/Conversions";
import { SimulationDesk } from "@/features/articulation/SimulationDesk";
import { chosenOf, wordsOf } from "@/features/articulation/simulation-view";
import { type Joint, jointsOf, useArticulations } from "@/features/articulation/use-articulations";
import { useConversions } from "@/features/articulation/use-simulation";
import { Banner } from "@/ui/Banner";
import { Breadcrumbs } from "@/ui/Breadcrumbs";
import { Button } from "@/ui/Button";
import { EmptyState } from "@/ui/EmptyState";
import { IconButton } from "@/ui/IconButton";
import { ButtonLink } from "@/ui/Link";
import { PageHeader } from "@/ui/PageHeader";
import { Select } from "@/ui/Select";
import { Skeleton } from "@/ui/Skeleton";
import { useWords } from "@/words";
import type { SimulationSearch } from "../searches";
import { Trouble } from "../Trouble";

const route = getRouteApi("/desk/c/$nis/pcs/$planId/simulation");

/** What the PST would become under another way of joining the PCS. */
export function Simulation() {
  const { t } = useWords();
  const { nis, planId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const { joints, isClosed, isPending, error, retry } = useArticulations();
  const found = jointsOf(joints, planId);
  const joint = found.find((one) => one.plan.id === search.pst) ?? found[0];
  const go = (next: SimulationSearch) =>
    void navigate({
      to: "/c/$nis/pcs/$planId/simulation",
      params: { nis, planId },
      search: { ...(search.pst ? { pst: search.pst } : {}), ...next },
      replace: true,
      resetScroll: false,
    });
  if (error) return <Trouble error={error} onRetry={retry} />;
  if (isPending) return <Skeleton lines={12} />;
  if (!joint) {
    return (
      <>
        <PageHeader title={t("articulation.title")} />
        <EmptyState
          icon={isClosed || isForbidden(error) ? "lock" : "tree"}
          title={t(isClosed ? "transversal.closedTitle" : "articulation.noPstTitle")}
          action={
            <ButtonLink variant="primary" href={`/c/${nis}`}>
              {t("shell.allPlans")}
            </ButtonLink>
          }
        >
          {t(isClosed ? "transversal.closedText" : "articulation.noPstText")}
        </EmptyState>
      </>
    );
  }
  const places = search.place ? { place: search.place } : {};
  const to = search.to ?? targets.find((one) => one !== joint.approach) ?? "grouped";
  return (
    <>
      <PageHeader
        title={t("articulation.title")}
        eyebrow={<ApproachBadge approach={joint.approach} />}
        breadcrumbs={
          <Breadcrumbs
            trail={[
              { href: `/c/${nis}`, name: t("shell.allPlans") },
              { href: `/c/${nis}/pcs/${planId}`, name: joint.withPlan.title },
            ]}
          />
        }
        actions={<IconButton icon="print" label={t("actions.print")} onPress={() => window.print()} />}
      >
        <p>{t("articulation.lead")}</p>
      </PageHeader>
      {found.length > 1 && (
        <Select
          label={t("articulation.whichPst")}
          value={joint.plan.id}
          choices={found.map((one) => ({ id: one.plan.id, name: one.plan.title }))}
          onChange={(id) => go({ pst: String(id) })}
        />
      )}
      {search.done && (
        <Done nis={nis} joint={joint} conversionId={search.done} onUndone={() => go({ to, ...places })} />
      )}
      {!search.done && (
        <SimulationDesk
          key={joint.plan.id}
          joint={joint}
          to={to}
          chosen={chosenOf(search.place)}
          onTarget={(next) => go({ to: next })}
          onChosen={(chosen) => go({ to, ...(chosen.size > 0 ? { place: wordsOf(chosen) } : {}) })}
          onApplied={(done) => {
            go({ to, ...places, done });
            window.scrollTo({ top: 0 });
          }}
        />
      )}
      <Conversions
        planId={joint.plan.id}
        withPlanId={planId}
        mayConvert={joint.mayConvert && !search.done}
        onUndone={() => go({})}
      />
    </>
  );
}

interface DoneProps {
  nis: string;
  joint: Joint;
  conversionId: string;
  onUndone: () => void;
}

/** What was applied, and the way back. */
function Done({ nis, joint, conversionId, onUndone }: DoneProps) {
  const { t } = useWords();
  const conversions = useConversions(joint.plan.id, joint.withPlan.id);
  const { run, isPending, refused } = useUndoing(joint.plan.id, onUndone);
  const conversion = conversions.data?.find((one) => one.id === conversionId);
  if (!conversion) return conversions.isPending ? <Skeleton lines={2} /> : null;
  return (
    <>
      {refused && <UndoRefused problem={refused} />}
      <Banner
        tone={conversion.isUndone ? "info" : "success"}
        title={t(conversion.isUndone ? "articulation.undone" : "articulation.applied", {
          approach: t(approaches[conversion.toApproach].word),
        })}
        actions={
          <>
            {joint.mayConvert && !conversion.isUndone && (
              <Button icon="undo" isPending={isPending} onPress={() => run(conversionId)}>
                {t("articulation.undo")}
              </Button>
            )}
            <ButtonLink href={`/c/${nis}/plans/${joint.plan.id}`}>{t("articulation.seePst")}</ButtonLink>
            <ButtonLink href={`/c/${nis}/pcs/${joint.withPlan.id}`}>{t("articulation.seePcs")}</ButtonLink>
          </>
        }
      >
        {!conversion.isUndone && t("articulation.appliedText")}
      </Banner>
    </>
  );
}

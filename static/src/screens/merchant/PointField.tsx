import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Details } from "../../api/merchants";
import type { Point } from "../../api/shops";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { t, tx } from "../../i18n";
import { canDraw } from "../shops/drawing";
import { loadTownShops, outline } from "../shops/state";
import { isInTown, pointOf, pointText, readPoint } from "./place";

const WAIT_MS = 10_000;

interface Props {
  readonly details: Details;
  readonly onDetails: (details: Details) => void;
  readonly error: string | undefined;
}

/** A place is named on the map, by standing there, or by two numbers; all three show the same, and say when it is not in the town. */
export function PointField({ details, onDetails, error }: Props) {
  const { point } = details;
  const [typed, setTyped] = useState(point ? pointText(point) : "");
  const [wrong, setWrong] = useState<string | null>(null);
  const [seeking, setSeeking] = useState(false);
  useEffect(() => void loadTownShops().catch(() => undefined), []); // without the outline the city checks alone
  const corners = outline.value;
  const tell = (found: Point | null): void => {
    setWrong(found && !isInTown(outline.peek(), found) ? t("merchant.point_outside") : null);
    onDetails({ ...details, point: found });
  };
  const take = (found: Point): void => {
    setTyped(pointText(found));
    tell(found);
  };
  const here = (): void => {
    const lost = (): void => {
      setSeeking(false);
      setWrong(t("merchant.here_not"));
    };
    if (!("geolocation" in navigator)) return lost();
    setSeeking(true);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setSeeking(false);
        take(pointOf(coords.latitude, coords.longitude));
      },
      lost,
      { timeout: WAIT_MS, enableHighAccuracy: true },
    );
  };
  return (
    <>
      <h2 class="group-title">{tx("merchant.point")}</h2>
      <OnMap point={point} corners={corners} onPoint={take} />
      <Button wide icon="go" busy={seeking} onPress={here}>
        {tx("merchant.here")}
      </Button>
      <Field
        label={tx("merchant.point_numbers")}
        hint={tx("merchant.point_hint")}
        value={typed}
        onValue={(text) => {
          setTyped(text);
          tell(readPoint(text));
        }}
        error={wrong ?? error}
        input={{ name: "point", autoComplete: "off", placeholder: "32.2125, 130.7611" }}
      />
    </>
  );
}

interface MapProps {
  readonly point: Point | null;
  readonly corners: readonly Point[];
  readonly onPoint: (point: Point) => void;
}

/** The map is fetched when somebody asks for it; where it cannot be drawn, the other two ways remain. */
function OnMap(props: MapProps) {
  const [state, setState] = useState<"closed" | "coming" | "failed" | { readonly screen: ComponentType<MapProps> }>("closed");
  const open = async (): Promise<void> => {
    if (!canDraw()) return setState("failed");
    setState("coming");
    try {
      setState({ screen: (await import("./PickMap")).default });
    } catch {
      setState("failed");
    }
  };
  if (state === "failed") return <p class="soft" role="status">{tx("merchant.no_map")}</p>;
  if (typeof state === "object") return <state.screen {...props} />;
  return (
    <Button wide icon="go" busy={state === "coming"} onPress={() => void open()}>
      {tx("merchant.map_open")}
    </Button>
  );
}

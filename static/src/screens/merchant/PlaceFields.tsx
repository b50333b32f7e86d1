import { useState } from "preact/hooks";
import type { Details } from "../../api/merchants";
import { Button } from "../../components/Button";
import { Field } from "../../components/Field";
import { t, tx } from "../../i18n";
import type { Faults } from "./faults";
import { HoursFields, NO_HOURS } from "./HoursFields";

const MILLION = 1_000_000;
const WAIT_MS = 10_000;

const LABELS = {
  kind: "merchant.kind",
  kind_en: "merchant.kind_en",
  address: "merchant.address",
  address_en: "merchant.address_en",
  telephone: "merchant.telephone",
} as const;

interface Props {
  readonly details: Details;
  readonly onDetails: (details: Details) => void;
  readonly faults: Faults;
}

/** What a shop tells its customers: kind, address, place on the map, telephone and hours. */
export function PlaceFields({ details, onDetails, faults }: Props) {
  const field = (name: keyof typeof LABELS, most: number) => ({
    label: tx(LABELS[name]),
    value: details[name],
    onValue: (value: string) => onDetails({ ...details, [name]: value }),
    error: faults[`details.${name}`],
    input: { name, maxLength: most, autoComplete: "off" as const },
  });
  return (
    <>
      <Field {...field("kind", 30)} hint={tx("merchant.kind_hint")} />
      <Field {...field("kind_en", 30)} />
      <Field {...field("address", 120)} />
      <Field {...field("address_en", 120)} />
      <Field {...field("telephone", 16)} input={{ name: "telephone", type: "tel", maxLength: 16, autoComplete: "off" }} />
      <PointField details={details} onDetails={onDetails} error={faults["details.point"]} />
      <HoursFields
        hours={details.hours ?? NO_HOURS}
        onHours={(hours) => onDetails({ ...details, hours })}
        error={faults["details.hours"]}
      />
    </>
  );
}

/** A place is named by standing there, or by two numbers from a map. */
function PointField({ details, onDetails, error }: Omit<Props, "faults"> & { readonly error: string | undefined }) {
  const { point } = details;
  const [typed, setTyped] = useState(point ? `${point.latitude_e6 / MILLION}, ${point.longitude_e6 / MILLION}` : "");
  const [wrong, setWrong] = useState<string | null>(null);
  const keep = (text: string): void => {
    setTyped(text);
    setWrong(null);
    const found = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,、 ]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
    onDetails({
      ...details,
      point: found
        ? { latitude_e6: Math.round(Number(found[1]) * MILLION), longitude_e6: Math.round(Number(found[2]) * MILLION) }
        : null,
    });
  };
  const here = (): void => {
    if (!("geolocation" in navigator)) return setWrong(t("merchant.here_not"));
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => keep(`${coords.latitude.toFixed(6)}, ${coords.longitude.toFixed(6)}`),
      () => setWrong(t("merchant.here_not")),
      { timeout: WAIT_MS, enableHighAccuracy: true },
    );
  };
  return (
    <>
      <Field
        label={tx("merchant.point")}
        hint={tx("merchant.point_hint")}
        value={typed}
        onValue={keep}
        error={wrong ?? error}
        input={{ name: "point", inputMode: "decimal", autoComplete: "off", placeholder: "32.2125, 130.7611" }}
      />
      <Button icon="go" onPress={here}>
        {tx("merchant.here")}
      </Button>
    </>
  );
}

import type { Details } from "../../api/merchants";
import { Field } from "../../components/Field";
import { tx } from "../../i18n";
import type { Faults } from "./faults";
import { HoursFields, NO_HOURS } from "./HoursFields";
import { PointField } from "./PointField";

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

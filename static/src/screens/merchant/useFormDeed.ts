import { useState } from "preact/hooks";
import { useDeed, type Deed } from "../../components/useDeed";
import { problemText } from "../../i18n/problem-text";
import { faultsOf, type Faults } from "./faults";

export interface FormDeed extends Deed {
  /** What the city found wrong the last time, by field. */
  readonly faults: Faults;
}

/** What a form does when its button is pressed: a deed whose refusal also stands at its fields, as `placed` names them. */
export function useFormDeed(placed: (faults: Faults) => Faults = (faults) => faults): FormDeed {
  const [faults, setFaults] = useState<Faults>({});
  const deed = useDeed((error) => {
    setFaults(placed(faultsOf(error)));
    return problemText(error);
  });
  const run: Deed["run"] = (work) => {
    setFaults({});
    return deed.run(work);
  };
  return { ...deed, run, faults };
}

import { useEffect, useState } from "preact/hooks";
import { giveTransferCode, readBankTransfer } from "../../api/top-ups";
import type { BankTransferWay } from "../../api/types";
import { Page } from "../../app/Page";
import { Button } from "../../components/Button";
import { Card } from "../../components/Card";
import { inFours } from "../../components/in-fours";
import { Notice } from "../../components/Notice";
import { toast } from "../../components/Toast";
import { useDeed } from "../../components/useDeed";
import { Skeleton } from "../../components/Waiting";
import { t, tx, type TextKey } from "../../i18n";
import { offlineSince } from "../../state/network";

const TYPES: Readonly<Record<BankTransferWay["account"]["account_type"], TextKey>> = {
  "1": "topup.type_ordinary",
  "2": "topup.type_current",
  "4": "topup.type_savings",
  "9": "topup.type_other",
};

/** By bank transfer and at ATMs: the digits before one's name, and the city's account. */
export default function Transfer() {
  const [way, setWay] = useState<BankTransferWay | null>(null);
  const deed = useDeed();
  useEffect(() => void deed.run(async () => setWay(await readBankTransfer())), []);
  const code = way?.code ?? null;
  return (
    <Page
      title={t("topup.transfer")}
      heading={tx("topup.transfer")}
      back="/pay/top-up"
      foot={
        way &&
        (code === null ? (
          <Button look="main" wide busy={deed.busy} disabled={offlineSince.value !== null} onPress={() => void deed.run(async () => setWay(await giveTransferCode()))}>
            {tx("topup.get_code")}
          </Button>
        ) : (
          <Button look="main" wide onPress={() => void copy(code)}>
            {tx("topup.copy_code")}
          </Button>
        ))
      }
    >
      {!way && !deed.trouble && <Skeleton lines={4} />}
      {way && (
        <>
          <Card title={tx("topup.your_code")}>
            {code === null ? <p>{tx("topup.no_code_yet")}</p> : <p class="receipt-number code-digits">{inFours(code)}</p>}
            <p class="soft">{tx("topup.code_how", { example: `${code === null ? "12345678" : code} ${t("topup.example_name")}` })}</p>
          </Card>
          <CityAccount way={way} />
          <p class="soft">{tx("topup.transfer_when", { amount: way.most })}</p>
        </>
      )}
      {deed.trouble && <Notice kind="error" title={deed.trouble} spoken />}
    </Page>
  );
}

/** Put digits on the clipboard and say so; where that is not allowed they can still be read. */
async function copy(digits: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(digits);
    toast(t("topup.copied", { digits: inFours(digits) }));
  } catch {
    toast(t("topup.not_copied"));
  }
}

function CityAccount({ way }: { readonly way: BankTransferWay }) {
  const { account } = way;
  return (
    <Card title={tx("topup.pay_to")}>
      <dl class="facts">
        <dt>{tx("topup.bank")}</dt>
        <dd lang="ja">
          {account.bank_name} ({account.bank_code})
        </dd>
        <dt>{tx("topup.branch")}</dt>
        <dd lang="ja">
          {account.branch_name} ({account.branch_code})
        </dd>
        <dt>{tx("topup.account_number")}</dt>
        <dd>
          {tx(TYPES[account.account_type])} <span class="receipt-number">{account.number}</span>
        </dd>
        <dt>{tx("topup.holder")}</dt>
        <dd lang="ja">{account.holder}</dd>
      </dl>
      <Button onPress={() => void copy(account.number)}>
        {tx("topup.copy_account")}
      </Button>
    </Card>
  );
}

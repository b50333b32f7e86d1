export const counter = {
  "counter.title": "窓口のチャージ",
  "counter.open": "窓口でチャージする",
  "counter.amount": "受け取った現金",
  "counter.read": "住民のコードを読む",
  "counter.check": "現金を数えてから押してください。チャージは、あとから取り消せません。",
  "counter.press": "{amount}円をチャージする",
  "counter.done": "{amount}円をチャージしました",
  "counter.next": "つぎの方へ",
  "counter.doubt": "{amount}円のチャージの結果を確かめています。二重に入ることはありません。",
  "counter.not_yours": "この画面は、市の窓口の職員が使います。",
};

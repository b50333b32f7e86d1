export const papers = {
  "papers.title": "明細（PDF）",
  "papers.what": "月ごとの動きと残高を、PDFで受け取れます。",
  "papers.so_far": "今日までの分",
  "papers.none": "まだ明細はありません",
  "papers.none_how": "コインを使うと、その月の明細ができます。",
  "papers.shop": "売上明細（PDF）",
  "papers.shop_row": "月ごと、日ごとの売上",
  "papers.stickers": "ポスターとシールのPDFを受け取る",
  "papers.stickers_how": "A4で3枚です。ポスター、カード4枚、シール12枚に切って使えます。",
};

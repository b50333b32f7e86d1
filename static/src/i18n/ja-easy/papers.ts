export const papers = {
  "papers.title": "{明細|めいさい}（PDF）",
  "papers.what": "{月|つき}ごとの お{金|かね}の {動|うご}きと {残高|ざんだか}を PDFで もらえます。",
  "papers.so_far": "{今日|きょう}までの {分|ぶん}",
  "papers.none": "まだ {明細|めいさい}は ありません",
  "papers.none_how": "コインを {使|つか}うと その {月|つき}の {明細|めいさい}が できます。",
  "papers.shop": "{売上|うりあげ}の {明細|めいさい}（PDF）",
  "papers.shop_row": "{月|つき}ごと {日|ひ}ごとの {売上|うりあげ}",
  "papers.stickers": "ポスターと シールの PDFを もらう",
  "papers.stickers_how": "A4の {紙|かみ}で 3{枚|まい}です。{切|き}って {使|つか}います。",
};

export const papers = {
  "papers.title": "明细（PDF）",
  "papers.what": "每月的变动和余额，以PDF领取。",
  "papers.so_far": "截至今天",
  "papers.none": "尚无明细",
  "papers.none_how": "使用代币后，当月会生成明细。",
  "papers.shop": "销售明细（PDF）",
  "papers.shop_row": "按月、按日",
  "papers.stickers": "领取海报和贴纸PDF",
  "papers.stickers_how": "A4共3张：海报、4张卡片、12张贴纸，裁剪后使用。",
};

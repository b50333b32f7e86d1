export const papers = {
  "papers.title": "명세서(PDF)",
  "papers.what": "월별 내역과 잔액을 PDF로 받을 수 있습니다.",
  "papers.so_far": "오늘까지",
  "papers.none": "아직 명세서가 없습니다",
  "papers.none_how": "코인을 사용하면 그 달의 명세서가 생깁니다.",
  "papers.shop": "매출 명세(PDF)",
  "papers.shop_row": "월별·일별 매출",
  "papers.stickers": "포스터와 스티커 PDF 받기",
  "papers.stickers_how": "A4 3장입니다. 포스터, 카드 4장, 스티커 12장을 잘라 쓸 수 있습니다.",
};

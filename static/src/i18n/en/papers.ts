export const papers = {
  "papers.title": "Statements (PDF)",
  "papers.what": "Each month’s movements and balance, as a PDF.",
  "papers.so_far": "So far",
  "papers.none": "No statements yet",
  "papers.none_how": "Once coins move, that month gets a statement.",
  "papers.shop": "Takings (PDF)",
  "papers.shop_row": "By month and by day",
  "papers.stickers": "Get posters and stickers as a PDF",
  "papers.stickers_how": "Three A4 sheets: a poster, four cards and twelve stickers to cut out.",
};

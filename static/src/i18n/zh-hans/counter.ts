export const counter = {
  "counter.title": "窗口充值",
  "counter.open": "在窗口充值",
  "counter.amount": "收到的现金",
  "counter.read": "扫描居民代码",
  "counter.check": "请清点现金后再按。充值后无法取消。",
  "counter.press": "充值{amount}日元",
  "counter.done": "已充值{amount}日元",
  "counter.next": "下一位",
  "counter.doubt": "正在确认{amount}日元充值结果。不会重复充值。",
  "counter.not_yours": "此画面供市政府窗口职员使用。",
};

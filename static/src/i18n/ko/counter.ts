export const counter = {
  "counter.title": "창구 충전",
  "counter.open": "창구에서 충전하기",
  "counter.amount": "받은 현금",
  "counter.read": "주민 코드 읽기",
  "counter.check": "현금을 센 뒤에 누르세요. 충전은 되돌릴 수 없습니다.",
  "counter.press": "{amount}엔 충전하기",
  "counter.done": "{amount}엔을 충전했습니다",
  "counter.next": "다음 분",
  "counter.doubt": "{amount}엔 충전 결과를 확인하고 있습니다. 두 번 충전되지 않습니다.",
  "counter.not_yours": "이 화면은 시 창구 직원용입니다.",
};

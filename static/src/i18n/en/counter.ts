export const counter = {
  "counter.title": "Counter top-up",
  "counter.open": "Top up at the counter",
  "counter.amount": "Cash received",
  "counter.read": "Read the resident's code",
  "counter.check": "Count the cash before you press. A top-up cannot be undone.",
  "counter.press": "Top up {amount} yen",
  "counter.done": "Topped up {amount} yen",
  "counter.next": "Next person",
  "counter.doubt": "Finding out whether {amount} yen were topped up. It will not happen twice.",
  "counter.not_yours": "This screen is for officers at the city counter.",
};

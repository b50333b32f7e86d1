// The npm package raptor-journey-planner on a timetable and questions from standard input; its own reader is not used.
// In: {trips, interchange, day, questions: [[from, to, second]]}; out: {spent_ms, arrivals}, null where nothing leads there.
const { RaptorAlgorithmFactory, Service } = require("raptor-journey-planner");

const asked = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const every = Object.fromEntries([0, 1, 2, 3, 4, 5, 6].map((day) => [day, true]));
const service = new Service(asked.day, asked.day, every, {});
const trips = asked.trips.map((calls, n) => ({
  tripId: String(n),
  serviceId: "day",
  service,
  stopTimes: calls.map(([stop, arrivalTime, departureTime, pickUp, dropOff]) => ({ stop, arrivalTime, departureTime, pickUp, dropOff })),
}));
const date = new Date(`${String(asked.day).replace(/(....)(..)(..)/, "$1-$2-$3")}T12:00:00`);
const raptor = RaptorAlgorithmFactory.create(trips, {}, asked.interchange, date);

function arrival([from, to, second]) {
  const [, best] = raptor.scan({ [from]: second }, asked.day, date.getDay());
  const at = best[to];
  return at === undefined || at >= Number.MAX_SAFE_INTEGER ? null : at - (asked.interchange[to] ?? 0);
}

asked.questions.slice(0, 50).forEach(arrival);
const spent = [];
const arrivals = asked.questions.map((question) => {
  const begun = process.hrtime.bigint();
  const at = arrival(question);
  spent.push(Number(process.hrtime.bigint() - begun) / 1e6);
  return at;
});
process.stdout.write(JSON.stringify({ spent_ms: spent, arrivals }));

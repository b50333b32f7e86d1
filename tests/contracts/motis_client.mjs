// Asks a city for a plan by the client that MOTIS publishes, and writes down what it read.
// Arguments: where the client lies, the base address, the query as JSON.
import { pathToFileURL } from "node:url";

const [path, baseUrl, query] = process.argv.slice(2);
const { client, plan } = await import(pathToFileURL(path).href);
client.setConfig({ baseUrl });
const { data, error } = await plan({ query: JSON.parse(query) });
process.stdout.write(JSON.stringify({ data, error }));

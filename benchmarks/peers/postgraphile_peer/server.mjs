// PostGraphile 5 as its documentation advises for production: Amber preset, no explain, no GraphiQL, no watching.
// It has fewer obligations than we have: no token is verified and no rights are read; the header `X-Workspace`
// names the workspace, which opens the same row-level security for the request.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";

const preset = {
  extends: [PostGraphileAmberPreset],
  disablePlugins: ["PgIndexBehaviorsPlugin"], // or it would not filter by status, which has no index
  pgServices: [
    makePgService({ connectionString: process.env.PEER_DATABASE_URL, schemas: ["public"], pubsub: false }),
  ],
  grafserv: { graphiql: false, watch: false, graphqlPath: "/graphql" },
  grafast: {
    explain: false,
    context: (asked) => ({
      pgSettings: { "app.workspaces": `{${asked.node?.req?.headers["x-workspace"] ?? ""}}` },
    }),
  },
};

const service = postgraphile(preset).createServ(grafserv);
const server = createServer();
await service.addTo(server);
server.listen(Number(process.env.PEER_PORT), "127.0.0.1");

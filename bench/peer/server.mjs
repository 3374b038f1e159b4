// better-auth with its phone-number plug-in on PostgreSQL, for bench/run peer: it stores its people, and then answers.
import { createServer } from 'node:http';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import { phoneNumber } from 'better-auth/plugins';
import pg from 'pg';

const { PEER_PORT, PEER_DATABASE_URL, PEER_CARRIER_URL, PEER_PEOPLE, PEER_FIRST_NUMBER } = process.env;

const database = new pg.Pool({ connectionString: PEER_DATABASE_URL, max: 16 });

// As a carrier's form: the bench's carrier takes both servers' messages.
async function send(to, text) {
  const answer = await fetch(`${PEER_CARRIER_URL}/Messages.json`, {
    method: 'POST',
    body: new URLSearchParams({ To: to, From: '+14155550100', Body: text }),
  });
  if (!answer.ok) throw new Error(`The carrier answered ${answer.status}`);
  await answer.json();
}

const options = {
  database,
  baseURL: `http://localhost:${PEER_PORT}`,
  secret: 'the-secret-of-the-bench-and-nobody-else',
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  plugins: [phoneNumber({ sendOTP: ({ phoneNumber, code }) => send(phoneNumber, `${code} is your code for Bench.`) })],
};

await (await getMigrations(options)).runMigrations();
await database.query(
  `INSERT INTO "user" (id, name, email, "emailVerified", "phoneNumber", "phoneNumberVerified", "createdAt", "updatedAt")
   SELECT lpad(i::text, 32, '0'), 'A Person', 'person-' || i || '@example.com', true, '+' || $1::bigint + i, true, now(), now()
     FROM generate_series(0, $2::int - 1) AS i`,
  [PEER_FIRST_NUMBER, PEER_PEOPLE],
);
await database.query('VACUUM ANALYZE');

createServer(toNodeHandler(betterAuth(options))).listen(Number(PEER_PORT), '127.0.0.1');

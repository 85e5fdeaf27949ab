import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { smtpMailer } from './index.ts';

const open: SMTPServer[] = [];
afterEach(async () => { for (const server of open.splice(0)) await new Promise<void>((resolve) => { server.close(() => { resolve(); }); }); });

/** A mail server as RFC 5321 has it, on a free port; what it took is in `taken`. */
async function mailServer(options: SMTPServerOptions = {}) {
  const taken: { from: string; to: string[]; text: string }[] = [];
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'], authOptional: true, logger: false,
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => { chunks.push(chunk); });
      stream.on('end', () => {
        taken.push({ from: envelope.mailFrom ? envelope.mailFrom.address : '', to: envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(chunks).toString() });
        done();
      });
    },
    ...options,
  });
  open.push(server);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', () => { resolve(); }); });
  return { taken, at: (user = '') => `smtp://${user}127.0.0.1:${(server.server.address() as AddressInfo).port}` };
}

const mail = { id: 'mai_1', to: 'ada@visiteurs.example', subject: 'Votre demande à « Les Vagues Lentes »', text: 'Bonjour Ada, 1 200,00 €.', html: '<p>Bonjour Ada, 1&nbsp;200,00&nbsp;€.</p>' };

test('a mail reaches a real mail server whole: words, accents, both bodies, one Message-ID for ever (NF-08)', async () => {
  const { taken, at } = await mailServer();
  const mailer = smtpMailer(at(), 'Flow Stage <bonjour@flow.example>');
  await mailer.send(mail);
  await mailer.send(mail);
  expect(taken).toHaveLength(2);
  expect(taken[0]).toMatchObject({ from: 'bonjour@flow.example', to: ['ada@visiteurs.example'] });
  const text = taken[0]?.text ?? '';
  expect(text).toMatch(/^Content-Type: multipart\/alternative/mu);
  expect(text).toMatch(/^Subject: =\?UTF-8\?/mu);
  const ids = taken.map((one) => /^Message-ID: (.+)$/imu.exec(one.text)?.[1]);
  expect(ids).toEqual([ids[0], ids[0]]);
  expect(ids[0]).toContain('mai_1@');
});

test('a name and a password are given to a server that asks for them; a wrong one is an error, and nothing is taken', async () => {
  const { taken, at } = await mailServer({ authOptional: false, allowInsecureAuth: true, onAuth: ({ username, password }, _, done) => { done(username === 'flow' && password === 'secret' ? null : new Error('no'), { user: 'flow' }); } });
  await smtpMailer(at('flow:secret@'), 'a@flow.example').send(mail);
  await expect(smtpMailer(at('flow:wrong@'), 'a@flow.example').send(mail)).rejects.toThrow(/Invalid login/u);
  expect(taken).toHaveLength(1);
});

test('a server that refuses the reader, or is not there, is an error that is tried again later', async () => {
  const { at } = await mailServer({ onRcptTo: (_, __, done) => { done(Object.assign(new Error('mailbox unavailable'), { responseCode: 550 })); } });
  await expect(smtpMailer(at(), 'a@flow.example').send(mail)).rejects.toMatchObject({ responseCode: 550 });
  await expect(smtpMailer('smtp://127.0.0.1:1', 'a@flow.example').send(mail)).rejects.toMatchObject({ code: 'ESOCKET' });
});

test('nobody slips a header in with a subject or an address', async () => {
  const { taken, at } = await mailServer();
  await smtpMailer(at(), 'a@flow.example').send({ ...mail, subject: 'Salut\r\nBcc: tous@ailleurs.example' });
  expect(taken[0]?.to).toEqual(['ada@visiteurs.example']);
  expect(taken[0]?.text).not.toMatch(/^Bcc:/mu);
});

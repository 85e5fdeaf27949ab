import { createTransport } from 'nodemailer';
import type { Mailer } from '../ports.ts';

/** Sends mails by SMTP. Twice the same `id` is twice the same Message-ID, which mail servers fold. */
export function smtpMailer(url: string, from: string): Mailer {
  const transport = createTransport(url);
  const host = new URL(url).hostname;
  return {
    keeps: false,
    async send({ id, to, subject, text, html }) {
      await transport.sendMail({ from, to, subject, text, html, messageId: `<${id}@${host}>` });
    },
  };
}

/** Leaves mails where they are: the development mailbox shows them. */
export const mailbox: Mailer = { keeps: true, send: () => Promise.resolve() };

/** Every tag of our own origin, and where its class lives; `registry.ts` defines them. */
export const OWN_TAGS: Readonly<Record<string, () => Promise<CustomElementConstructor>>> = {
  'flow-workspace': async () => (await import('./workspace/flow-workspace/flow-workspace.ts')).FlowWorkspace,
  'flow-sign-in': async () => (await import('./workspace/flow-sign-in/flow-sign-in.ts')).FlowSignIn,
  'flow-sign-up': async () => (await import('./workspace/flow-sign-up/flow-sign-up.ts')).FlowSignUp,
  'flow-inbox': async () => (await import('./workspace/flow-inbox/flow-inbox.ts')).FlowInbox,
  'flow-file': async () => (await import('./workspace/flow-file/flow-file.ts')).FlowFile,
  'flow-frame': async () => (await import('./workspace/flow-frame/flow-frame.ts')).FlowFrame,
  'flow-pay': async () => (await import('./workspace/flow-pay/flow-pay.ts')).FlowPay,
  'flow-calendar': async () => (await import('./workspace/flow-calendar/flow-calendar.ts')).FlowCalendar,
  'flow-press-kit': async () => (await import('./workspace/flow-press-kit/flow-press-kit.ts')).FlowPressKit,
  'flow-sites': async () => (await import('./workspace/flow-sites/flow-sites.ts')).FlowSites,
  'flow-embeds': async () => (await import('./workspace/flow-embeds/flow-embeds.ts')).FlowEmbeds,
  'flow-webhooks': async () => (await import('./workspace/flow-webhooks/flow-webhooks.ts')).FlowWebhooks,
  'flow-organisation': async () => (await import('./workspace/flow-organisation/flow-organisation.ts')).FlowOrganisation,
  'flow-ledger': async () => (await import('./workspace/flow-ledger/flow-ledger.ts')).FlowLedger,
  'flow-mailbox': async () => (await import('./workspace/flow-mailbox/flow-mailbox.ts')).FlowMailbox,
  'flow-clock': async () => (await import('./workspace/flow-clock/flow-clock.ts')).FlowClock,
};

-- Our commission by contract amount, before tax: the rate of the band applies to the whole amount. Amounts in minor units, rates in
-- basis points. Source: the founding business requirements (commission scale), as decided on 2026-11-21. A change of rates is a new
-- set of rows with a later valid_from, and a valid_to on these; a contract keeps the rate of the day on which it was signed.
INSERT INTO "rate" ("id", "kind", "up_to_minor", "currency", "bps", "valid_from", "source") VALUES
  ('rat_contract_eur_1', 'commission.contract',  100000, 'EUR', 1200, '2026-01-01', 'commission scale of 2026, up to 1,000'),
  ('rat_contract_eur_2', 'commission.contract',  500000, 'EUR', 1000, '2026-01-01', 'commission scale of 2026, up to 5,000'),
  ('rat_contract_eur_3', 'commission.contract', 1500000, 'EUR',  800, '2026-01-01', 'commission scale of 2026, up to 15,000'),
  ('rat_contract_eur_4', 'commission.contract', 5000000, 'EUR',  600, '2026-01-01', 'commission scale of 2026, up to 50,000'),
  ('rat_contract_eur_5', 'commission.contract',    NULL, 'EUR',  400, '2026-01-01', 'commission scale of 2026, above 50,000'),
  ('rat_contract_chf_1', 'commission.contract',  100000, 'CHF', 1200, '2026-01-01', 'commission scale of 2026, up to 1,000'),
  ('rat_contract_chf_2', 'commission.contract',  500000, 'CHF', 1000, '2026-01-01', 'commission scale of 2026, up to 5,000'),
  ('rat_contract_chf_3', 'commission.contract', 1500000, 'CHF',  800, '2026-01-01', 'commission scale of 2026, up to 15,000'),
  ('rat_contract_chf_4', 'commission.contract', 5000000, 'CHF',  600, '2026-01-01', 'commission scale of 2026, up to 50,000'),
  ('rat_contract_chf_5', 'commission.contract',    NULL, 'CHF',  400, '2026-01-01', 'commission scale of 2026, above 50,000');

-- Numbers of contracts and quotes: unique and rising. A number whose paper was never kept is lost, which these two may do; invoices
-- may not, and count in `invoice_series`.
CREATE SEQUENCE contract_number;
CREATE SEQUENCE quote_number;

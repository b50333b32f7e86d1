-- The number of the transaction that wrote a row, from the row's xmin, with the epoch that the 32 bits leave out. A row stands at most
-- some millions of transactions ahead of the snapshot that reads it (its own transaction) and is written once, so that this is exact
-- for the last four thousand million transactions; older rows were counted long ago.
CREATE FUNCTION wallet_transaction_of(raw xid) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
  SELECT newest - ((newest & 4294967295) - raw::text::bigint + 4294967296) % 4294967296
    FROM (SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint + 1000000 AS newest) AS horizon
$$;
INSERT INTO wallet_circulationtail (id, below_journal, below_transaction, next_journal, next_transaction, register_digest)
  VALUES (1, 0, 0, 0, 0, '');

-- A draw goes forward alone. Nothing that was fixed changes, nothing is added after the commitment, and nobody deletes anything.
CREATE FUNCTION kernel_draw_goes_forward() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF (OLD.id, OLD.about, OLD.rule, OLD.source, OLD.opened_at) IS DISTINCT FROM (NEW.id, NEW.about, NEW.rule, NEW.source, NEW.opened_at)
    OR (OLD.state, NEW.state) NOT IN (('open', 'committed'), ('committed', 'drawn'))
    OR (OLD.state = 'committed' AND (OLD.committed_at, OLD.round, OLD.draw_at, OLD.ticket_count, OLD.tickets_sha256, OLD.statement, OLD.jws)
      IS DISTINCT FROM (NEW.committed_at, NEW.round, NEW.draw_at, NEW.ticket_count, NEW.tickets_sha256, NEW.statement, NEW.jws)) THEN
    RAISE EXCEPTION 'kernel_draw goes forward alone: % refused', TG_OP USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.state = 'committed' AND NEW.ticket_count <> (SELECT count(*) FROM kernel_drawticket WHERE draw_id = NEW.id) THEN
    RAISE EXCEPTION 'kernel_draw: the count is not that of the tickets' USING ERRCODE = 'check_violation';
  END IF;
  IF NEW.state = 'drawn' AND (NEW.drawn_at < NEW.draw_at
      OR NEW.ticket_count <> (SELECT count(*) FROM kernel_drawplace WHERE draw_id = NEW.id)) THEN
    RAISE EXCEPTION 'kernel_draw: drawn too soon, or not for every ticket' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER goes_forward BEFORE UPDATE ON kernel_draw FOR EACH ROW EXECUTE FUNCTION kernel_draw_goes_forward();

-- What is written into a draw waits for whoever fixes its list at this moment, and is refused in any other state than its own.
CREATE FUNCTION kernel_draw_is(p_draw uuid, p_state text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE found text := (SELECT state FROM kernel_draw WHERE id = p_draw FOR SHARE);
BEGIN
  IF found IS DISTINCT FROM p_state THEN
    RAISE EXCEPTION 'kernel_draw: the draw is %, not %', found, p_state USING ERRCODE = 'restrict_violation';
  END IF;
END $$;
CREATE FUNCTION kernel_draw_ticket_comes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM kernel_draw_is(NEW.draw_id, 'open');
  RETURN NEW;
END $$;
CREATE FUNCTION kernel_draw_place_comes() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM kernel_draw_is(NEW.draw_id, 'committed');
  RETURN NEW;
END $$;
CREATE FUNCTION kernel_draw_party_acts() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM kernel_draw_is(OLD.draw_id, 'open');
    RETURN OLD;
  END IF;
  PERFORM kernel_draw_is(NEW.draw_id, CASE WHEN NEW.value IS NULL THEN 'open' ELSE 'committed' END);
  IF TG_OP = 'UPDATE' AND (OLD.value IS NOT NULL OR (OLD.draw_id, OLD.number, OLD.name, OLD.value_sha256, OLD.half_1_sha256, OLD.half_2_sha256)
      IS DISTINCT FROM (NEW.draw_id, NEW.number, NEW.name, NEW.value_sha256, NEW.half_1_sha256, NEW.half_2_sha256)) THEN
    RAISE EXCEPTION 'kernel_drawparty: what a party fixed stays' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.value IS NOT NULL AND encode(sha256(NEW.value), 'hex') <> NEW.value_sha256 THEN
    RAISE EXCEPTION 'kernel_drawparty: the value does not have its hash' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER while_open BEFORE INSERT ON kernel_drawticket FOR EACH ROW EXECUTE FUNCTION kernel_draw_ticket_comes();
CREATE TRIGGER with_the_draw BEFORE INSERT ON kernel_drawplace FOR EACH ROW EXECUTE FUNCTION kernel_draw_place_comes();
CREATE TRIGGER in_its_time BEFORE INSERT OR UPDATE OR DELETE ON kernel_drawparty FOR EACH ROW EXECUTE FUNCTION kernel_draw_party_acts();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['draw', 'drawticket', 'drawplace', 'drawparty'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON kernel_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE TRUNCATE ON kernel_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['drawticket', 'drawplace'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON kernel_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE ON kernel_%s FROM machi_app', name);
  END LOOP;
  CREATE TRIGGER never_deleted BEFORE DELETE ON kernel_draw FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
  REVOKE DELETE ON kernel_draw FROM machi_app;
END $$;

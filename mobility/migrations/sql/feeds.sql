-- A file stays as it came, and so does what a network was made of; which network is used changes, and nothing is deleted.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['feedversion', 'releasemember'] LOOP
    EXECUTE format('CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON mobility_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON mobility_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['feedsource', 'networkrelease'] LOOP
    EXECUTE format('CREATE TRIGGER never_deleted BEFORE DELETE ON mobility_%s
      FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change()', name);
    EXECUTE format('REVOKE DELETE, TRUNCATE ON mobility_%s FROM machi_app', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['feedversion', 'releasemember', 'feedsource', 'networkrelease'] LOOP
    EXECUTE format('CREATE TRIGGER never_truncated BEFORE TRUNCATE ON mobility_%s
      FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change()', name);
  END LOOP;
END $$;
CREATE TRIGGER as_made BEFORE UPDATE ON mobility_networkrelease FOR EACH ROW
  WHEN ((OLD.id, OLD.figures, OLD.made_by, OLD.made_at) IS DISTINCT FROM (NEW.id, NEW.figures, NEW.made_by, NEW.made_at))
  EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER as_named BEFORE UPDATE ON mobility_feedsource FOR EACH ROW
  WHEN ((OLD.id, OLD.slug, OLD.position, OLD.made_at) IS DISTINCT FROM (NEW.id, NEW.slug, NEW.position, NEW.made_at))
  EXECUTE FUNCTION kernel_refuse_change();

-- Sources are retired, never deleted; of notices only operators' own go, long after they ended.
CREATE TRIGGER never_deleted BEFORE DELETE ON mobility_livesource FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON mobility_livesource FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER own_never_deleted BEFORE DELETE ON mobility_servicealert FOR EACH ROW
  WHEN (OLD.written_by IS NOT NULL) EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON mobility_servicealert FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE DELETE, TRUNCATE ON mobility_livesource FROM machi_app;
REVOKE TRUNCATE ON mobility_servicealert FROM machi_app;

-- What was done with a notice stays as it was said.
CREATE TRIGGER written_once BEFORE UPDATE OR DELETE ON mobility_alertstep FOR EACH ROW EXECUTE FUNCTION kernel_refuse_change();
CREATE TRIGGER never_truncated BEFORE TRUNCATE ON mobility_alertstep FOR EACH STATEMENT EXECUTE FUNCTION kernel_refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON mobility_alertstep FROM machi_app;

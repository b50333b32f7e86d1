-- The history without the rewards' lines: the last branch of the view goes.
DO $$
DECLARE said text := rtrim(pg_get_viewdef('wallet_entry'::regclass), ';');
BEGIN
  EXECUTE 'CREATE OR REPLACE VIEW wallet_entry AS ' || left(said, length(said) - strpos(reverse(said), reverse('UNION ALL')) - 8);
END $$;
DROP TRIGGER proved_at_commit ON wallet_reward;
DROP FUNCTION wallet_prove_reward_end;

-- Whoever keeps answers hears of each change of the data as it is committed, whichever program makes it.
CREATE FUNCTION announce_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('data_version', NEW.version::text);
  RETURN NULL;
END
$$;

CREATE TRIGGER "dataset_announce" AFTER INSERT OR UPDATE ON "dataset"
  FOR EACH ROW EXECUTE FUNCTION announce_data_version();

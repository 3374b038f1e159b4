-- Called by a statement that finds at its end that another transaction came in between: the whole is rolled back and done again.
CREATE FUNCTION overtaken() RETURNS integer LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Another transaction came in between' USING ERRCODE = 'serialization_failure';
END
$$;

"""What is noted stays: a fact is only closed, once; a row of the ledger never changes; a letter is only read, once. The database itself says no.

`guichet.purge` is set by the erasing of what is too old, `guichet.cles` by the change of the keys of encrypted values.
"""

from django.db import migrations

FAIT = """
CREATE FUNCTION fait_reste() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('guichet.purge', true) = 'on' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'un fait ne s''efface pas';
    END IF;
    IF current_setting('guichet.cles', true) = 'on'
       AND (NEW.id, NEW.dossier_id, NEW.personne_id, NEW.genre, NEW.valide, NEW.connu, NEW.source)
           IS NOT DISTINCT FROM (OLD.id, OLD.dossier_id, OLD.personne_id, OLD.genre, OLD.valide, OLD.connu, OLD.source)
    THEN RETURN NEW; END IF;
    IF upper(OLD.connu) IS NULL AND upper(NEW.connu) IS NOT NULL AND lower(NEW.connu) = lower(OLD.connu)
       AND (NEW.id, NEW.dossier_id, NEW.personne_id, NEW.genre, NEW.valeur, NEW.valide, NEW.source)
           IS NOT DISTINCT FROM (OLD.id, OLD.dossier_id, OLD.personne_id, OLD.genre, OLD.valeur, OLD.valide, OLD.source)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'un fait ne change pas : il cesse d''être connu, une fois';
END $$;
CREATE TRIGGER fait_reste BEFORE UPDATE OR DELETE ON fait FOR EACH ROW EXECUTE FUNCTION fait_reste();
"""
GRAND_LIVRE = """
CREATE FUNCTION ecriture_reste() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('guichet.purge', true) = 'on' THEN RETURN OLD; END IF;
    RAISE EXCEPTION 'ce qui est inscrit ne change pas et ne s''efface pas';
END $$;
CREATE TRIGGER ecriture_reste BEFORE UPDATE OR DELETE ON ecriture FOR EACH ROW EXECUTE FUNCTION ecriture_reste();
CREATE TRIGGER liquidation_reste BEFORE UPDATE OR DELETE ON liquidation FOR EACH ROW EXECUTE FUNCTION ecriture_reste();
CREATE TRIGGER lecture_reste BEFORE UPDATE OR DELETE ON lecture FOR EACH ROW EXECUTE FUNCTION ecriture_reste();
CREATE TRIGGER message_reste BEFORE UPDATE OR DELETE ON message FOR EACH ROW EXECUTE FUNCTION ecriture_reste();
"""
COURRIER = """
CREATE FUNCTION courrier_reste() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('guichet.purge', true) = 'on' THEN RETURN OLD; END IF;
        RAISE EXCEPTION 'un courrier ne s''efface pas';
    END IF;
    IF OLD.lu_le IS NULL
       AND (NEW.id, NEW.cle, NEW.dossier_id, NEW.sujet, NEW.genre, NEW.objet, NEW.contenu, NEW.verification, NEW.envoye_le)
           IS NOT DISTINCT FROM
           (OLD.id, OLD.cle, OLD.dossier_id, OLD.sujet, OLD.genre, OLD.objet, OLD.contenu, OLD.verification, OLD.envoye_le)
    THEN RETURN NEW; END IF;
    RAISE EXCEPTION 'un courrier ne change pas';
END $$;
CREATE TRIGGER courrier_reste BEFORE UPDATE OR DELETE ON courrier FOR EACH ROW EXECUTE FUNCTION courrier_reste();
"""
RETOUR = """
DROP TRIGGER fait_reste ON fait; DROP FUNCTION fait_reste();
DROP TRIGGER ecriture_reste ON ecriture; DROP TRIGGER liquidation_reste ON liquidation;
DROP TRIGGER lecture_reste ON lecture; DROP TRIGGER message_reste ON message; DROP FUNCTION ecriture_reste();
DROP TRIGGER courrier_reste ON courrier; DROP FUNCTION courrier_reste();
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0002_dossiers")]

    operations = [migrations.RunSQL(FAIT + GRAND_LIVRE + COURRIER, RETOUR)]

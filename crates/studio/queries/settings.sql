--! settings_get
select name, time_zone, locale, currency, hold_hours, version
from studio_settings;

--! settings_update
update studio_settings
set name = :name,
    time_zone = :time_zone,
    locale = :locale,
    version = version + 1
where version = :version;

--! opening_rules_list
select weekday,
    (extract(epoch from opens_at) / 60)::integer as opens_minute,
    duration_minutes
from opening_rules
order by weekday, opens_at
limit 100;

-- That a code was sent, and to whom: so that one person cannot be flooded by way of many customers.
create table sent (
    -- Keyed hash of the address, in lower-case hexadecimal; the address cannot be read from it.
    address text not null,
    -- Unix seconds. Forgotten after an hour.
    sent_at bigint not null
);

create index sent_address on sent (address, sent_at);
create index sent_at on sent (sent_at);

-- What an outside reviewer is asked about a customer: one question for each state of what the customer has provided.
create table question (
    -- What the reviewer calls it by.
    id text not null,
    customer_id text not null,
    -- The customer type.
    kind text not null,
    -- 'open', 'answered', or 'old' once the customer has provided something else.
    state text not null,
    created_at bigint not null,
    constraint question_pkey primary key (id),
    constraint question_customer foreign key (customer_id) references customer (id) on delete cascade
);

create unique index question_open on question (customer_id, kind) where state = 'open';
create index question_customer on question (customer_id);

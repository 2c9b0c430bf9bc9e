// Compiled by types.test.ts, never run: what may be left out of an option may also be `undefined`, under
// `exactOptionalPropertyTypes`. Who passes on what they were given themselves need not look whether it is there.
import type {
    Abortable,
    Address43,
    AnyGetFiles,
    CheckFileOptions,
    CheckOptions,
    ClientDomainSigner,
    CustomerFields,
    DeleteCustomer,
    DiscoverOptions,
    Error43,
    FileById,
    FilesOfCustomer,
    GetCustomer,
    Network43,
    PutCallback,
    PutCustomer,
    PutOptions,
    ResumeOptions,
    SignInOptions,
    Signed43,
    SigningService,
    WaitForStatus,
    WaitOptions,
    Wallet43,
} from "windlass";
import type {
    CallbackHandlerOptions,
    CallbackRequest,
    CallbacksOptions,
    ExpectedChallenge,
    NodeRequest,
    ReceivedCallback,
    SigningServiceOptions,
} from "windlass/server";
import type {
    FailedBody,
    FailedStatus,
    FailureFor,
    LedgerAccount,
    LedgerThresholds,
    Step,
    TestAnchorOptions,
} from "windlass/testing";

/** The members that may be left out, but not be `undefined`. */
type Exact<T> = { [K in keyof T]-?: object extends Pick<T, K> ? ({ [_ in K]: undefined } extends Pick<T, K> ? never : K) : never }[keyof T];

function open<T>(..._exact: [Exact<T>] extends [never] ? [] : [member: Exact<T>]): void {}

open<Abortable>();
open<Address43>();
open<AnyGetFiles>();
open<CallbackHandlerOptions>();
open<CallbackRequest>();
open<CallbacksOptions>();
open<CheckFileOptions>();
open<CheckOptions>();
open<ClientDomainSigner>();
open<CustomerFields>();
open<DeleteCustomer>();
open<DiscoverOptions>();
open<Error43>();
open<ExpectedChallenge>();
open<FailedBody>();
open<FailedStatus>();
open<FailureFor>();
open<FileById>();
open<FilesOfCustomer>();
open<GetCustomer>();
open<LedgerAccount>();
open<LedgerThresholds>();
open<Network43>();
open<NodeRequest>();
open<PutCallback>();
open<PutCustomer>();
open<PutOptions>();
open<ReceivedCallback>();
open<ResumeOptions>();
open<SignInOptions>();
open<Signed43>();
open<SigningService>();
open<SigningServiceOptions>();
open<Step>();
open<TestAnchorOptions>();
open<WaitForStatus>();
open<WaitOptions>();
open<Wallet43>();

// @ts-expect-error: this is how such a member would be found
open<{ memo?: string }>();

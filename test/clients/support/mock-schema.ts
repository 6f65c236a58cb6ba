import { buildSchema } from 'graphql';

/** The part of the graph that the screens use, as the contract of the build gives it. Replaced by schema/api.graphql wherever that exists. */
export const mockSdl = /* GraphQL */ `
  scalar DateTime
  enum TicketLineType {
    HOLDER
    CHILD
    ASSISTANT
    COMMUNITY_WORKER
  }
  enum PerformanceStatus {
    SCHEDULED
    CANCELLED
  }
  enum OfferingKind {
    PRODUCTION
    COURSE
    OPEN_ENTRY
    SERIES_PASS
    FEE_BENEFIT
  }
  type Text {
    fi: String
    sv: String
    en: String
  }
  type PageInfo {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }
  type Municipality {
    id: ID!
    name: Text!
  }
  type Venue {
    id: ID!
    slug: String!
    name: Text!
    municipality: Municipality
    locality: String
  }
  type VenueEdge {
    cursor: String!
    node: Venue!
  }
  type VenueConnection {
    edges: [VenueEdge!]!
    nodes: [Venue!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  type Offering {
    id: ID!
    kind: OfferingKind!
    title: Text!
    venue: Venue!
  }
  type Performance {
    id: ID!
    offering: Offering!
    venue: Venue!
    startsAt: DateTime!
    endsAt: DateTime
    status: PerformanceStatus!
    tickets: Int
    capCounter: CapCounter!
  }
  type PerformanceConnection {
    nodes: [Performance!]!
    pageInfo: PageInfo!
    totalCount: Int!
  }
  type CapCounter {
    performance: Performance!
    cap: Int
    used: Int!
    remaining: Int
    sequence: Int!
    asOf: DateTime!
  }
  type Presentation {
    childrenAllowed: Int!
    allowedLines: [TicketLineType!]!
    expiresAt: DateTime!
    token: String!
  }
  type PresentationRefusal {
    code: String!
    message: Text!
  }
  union PresentationResult = Presentation | PresentationRefusal
  type TicketLine {
    type: TicketLineType!
    count: Int!
  }
  type Redemption {
    id: ID!
    performance: Performance!
    lines: [TicketLine!]!
    tickets: Int!
    status: String!
  }
  type RuleExplanation {
    key: String!
    since: String
    source: String!
  }
  type RedemptionRefusal {
    code: String!
    message: Text!
    rule: RuleExplanation
    facts: [Fact!]!
    trace: [RuleVerdict!]!
  }
  type Fact {
    name: String!
    value: String!
  }
  type RuleVerdict {
    limit: String!
    passes: Boolean
    soft: Boolean!
    facts: [Fact!]!
  }
  type OfflineSlice {
    id: ID!
    places: Int!
    openedAt: DateTime!
    expiresAt: DateTime!
    rules: [RuleVerdict!]!
  }
  union ReserveSliceResult = OfflineSlice | RedemptionRefusal
  type UploadedUse {
    requestId: ID!
    redemption: Redemption
    conflict: RedemptionRefusal
  }
  type UploadedRedemptions {
    uses: [UploadedUse!]!
  }
  union SeenOfflineResult = Presentation | PresentationRefusal
  type OfflineKey {
    keyId: String!
    publicKey: String
    algorithm: String
    kind: String
    childrenAllowed: Int
    validUntil: String
  }
  type OfflineKeyConnection {
    nodes: [OfflineKey!]!
    pageInfo: PageInfo!
  }
  type OfflineKeys {
    asOf: DateTime!
    isWhole: Boolean!
    keys(first: Int, after: String): OfflineKeyConnection!
  }
  input ReserveSliceInput {
    performanceId: ID!
    deviceId: ID!
    places: Int!
    requestId: ID!
  }
  input ReturnSliceInput {
    sliceId: ID!
  }
  input OfflineUseInput {
    requestId: ID!
    presentation: String!
    lines: [TicketLineInput!]!
    at: DateTime!
  }
  input UploadRedemptionsInput {
    sliceId: ID!
    entries: [OfflineUseInput!]!
  }
  input SeenOfflineInput {
    code: String!
    at: DateTime!
  }
  input PresentSeenOfflineInput {
    venueId: ID!
    shown: [SeenOfflineInput!]!
  }
  union RedeemResult = Redemption | RedemptionRefusal
  union CancelResult = Redemption | RedemptionRefusal
  input PresentCardInput {
    code: String!
    venueId: ID!
  }
  input TicketLineInput {
    type: TicketLineType!
    count: Int!
  }
  input RedeemInput {
    presentation: String!
    performanceId: ID!
    lines: [TicketLineInput!]!
    overrides: [OverrideInput!]
    requestId: ID!
  }
  input OverrideInput {
    limit: SoftLimit!
    reason: OverrideReason!
  }
  enum SoftLimit {
    REDEMPTION_WINDOW
    ONCE_PER_PRODUCTION
  }
  enum OverrideReason {
    PLACES_LEFT
    AGREED_BEFOREHAND
    COMES_WITH_CHILD
    OUR_MISTAKE
    RECORDED_LATER
  }
  input CancelRedemptionInput {
    redemptionId: ID!
    requestId: ID!
  }
  type EnrolledPhone {
    keyId: String!
    validUntil: String!
    serverTime: DateTime!
  }
  type RemovedPhone {
    phoneId: ID!
  }
  type PhoneRefusal {
    code: String!
    message: Text!
  }
  type AccountConfirmed {
    confirmedAt: String!
  }
  type AccountRefusal {
    code: String!
    message: Text!
  }
  union ConfirmAccountResult = AccountConfirmed | AccountRefusal
  union EnrolPhoneResult = EnrolledPhone | PhoneRefusal
  union RemovePhoneResult = RemovedPhone | PhoneRefusal
  input EnrolPhoneInput {
    code: String!
    publicKey: String!
    algorithm: String!
    proof: String!
  }
  type Query {
    venue(id: ID, slug: String): Venue
    venues(first: Int, after: String, search: String): VenueConnection!
    offlineKeys(venueId: ID!, since: DateTime): OfflineKeys!
    performances(first: Int, after: String, venueId: ID, from: DateTime, to: DateTime): PerformanceConnection!
  }
  type Mutation {
    presentCard(input: PresentCardInput!): PresentationResult!
    redeem(input: RedeemInput!): RedeemResult!
    cancelRedemption(input: CancelRedemptionInput!): CancelResult!
    confirmAccount(code: String!): ConfirmAccountResult!
    enrolPhone(input: EnrolPhoneInput!): EnrolPhoneResult!
    removeOwnPhone(token: String!): RemovePhoneResult!
    reserveSlice(input: ReserveSliceInput!): ReserveSliceResult!
    returnSlice(input: ReturnSliceInput!): OfflineSlice!
    uploadRedemptions(input: UploadRedemptionsInput!): UploadedRedemptions!
    presentSeenOffline(input: PresentSeenOfflineInput!): [SeenOfflineResult!]!
  }
  type Subscription {
    capCounter(performanceIds: [ID!], venueId: ID): [CapCounter!]!
  }
`;

export const mockSchema = buildSchema(mockSdl);

namespace CrmAi.Domain.Interactions;

public enum InteractionType { Call, WeChat, Email, Meeting, Message, Social, Demo, Proposal, Event, Other }

/// <summary>Who started it: Inbound is the customer, Outbound is us.</summary>
public enum InteractionDirection { Inbound, Outbound }

public enum InteractionOutcome { Successful, Failed, Pending, Cancelled, NoAnswer, Rescheduled, Objection }

public enum Sentiment { Positive, Neutral, Negative }

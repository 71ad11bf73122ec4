namespace CrmAi.Domain.Profiles;

public enum CommunicationStyle { Direct, Diplomatic, Analytical, Expressive }

public enum CommunicationPace { Fast, Moderate, Slow }

public enum Formality { Formal, Mixed, Casual }

public enum DecisionStyle { Analytical, Directive, Conceptual, Behavioral }

public enum DecisionSpeed { Quick, Varies, Deliberate }

/// <summary>Of budget, authority, need and timeline.</summary>
public enum BantState { Unknown, Qualified, Unqualified }

/// <summary>What a decision is weighed by.</summary>
public enum DecisionCriterion { Price, Quality, Delivery, Service, Security, Integration, Reference, Ease }

/// <summary>How to approach somebody of each DISC type; pages put it into words.</summary>
public enum Approach { Results, Enthusiasm, Reassurance, Proof }

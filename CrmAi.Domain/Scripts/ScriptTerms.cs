namespace CrmAi.Domain.Scripts;

/// <summary>What a script is for.</summary>
public enum ScriptCategory { Opening, Discovery, Presentation, Objection, Closing, FollowUp }

public enum ScriptTone { Formal, Casual, Friendly }

/// <summary>What a sentence is to the whole: the subject of a mail, the salutation, what is said, what is asked, the end.</summary>
public enum ScriptPart { Subject, Greeting, Body, Question, Closing }

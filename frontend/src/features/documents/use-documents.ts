import { useApi } from "@/api/acting";
import { type Api, answer, everyItem, idempotencyHeader, ifVersion } from "@/api/client";
import type { Schemas } from "@/api/contract";
import type { FieldSpec } from "@/editing/fields";
import { type Changes, useEdit } from "@/editing/use-edit";
import { useFieldName, useNames, useValueWords } from "@/editing/use-names";
import { type Mutation, useRows } from "@/editing/use-rows";
import { valuesOf, valueWords } from "@/marks/values";
import { useWords, type Words } from "@/words";

export type Attachment = Schemas["Attachment"];
export type NewDocument = "file" | "link";

/** What a file is, by its ending: the desk of the reader may call it otherwise. */
const mediaTypes = {
  ".pdf": "application/pdf",
  ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  ".odt": "application/vnd.oasis.opendocument.text",
  ".ods": "application/vnd.oasis.opendocument.spreadsheet",
  ".odp": "application/vnd.oasis.opendocument.presentation",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".csv": "text/csv",
  ".txt": "text/plain",
} as const;

const endings = Object.keys(mediaTypes);

const mediaTypeOf = (name: string): string =>
  Object.entries(mediaTypes).find(([ending]) => name.toLowerCase().endsWith(ending))?.[1] ?? "";

/** The documents of an action. */
export function useDocuments(actionId: string) {
  const { api, actor } = useApi();
  return useRows<Attachment>([actor, "attachments", actionId], () =>
    everyItem((page) =>
      api.GET("/pst/v1/attachments", { params: { query: { ...page, actionId: [actionId] } } }),
    ),
  );
}

/** Saves the file of a document on the reader's desk, asked in the name of the place that is open. */
export function useSave(): (attachment: Attachment) => Promise<void> {
  const { api } = useApi();
  return async (attachment) => {
    const content = await answer(
      api.GET("/pst/v1/attachments/{attachmentId}/content", {
        params: { path: { attachmentId: attachment.id } },
        parseAs: "blob",
      }),
    );
    const address = URL.createObjectURL(content as Blob);
    const anchor = document.createElement("a");
    anchor.href = address;
    anchor.download = attachment.fileName ?? attachment.title;
    anchor.click();
    URL.revokeObjectURL(address);
  };
}

const fileField = (t: Words): FieldSpec => ({
  name: "file",
  kind: "file",
  label: t("documents.file"),
  hint: t("documents.fileHint"),
  isRequired: true,
  endings,
});

const linkField = (t: Words): FieldSpec => ({
  name: "link",
  kind: "text",
  label: t("documents.link"),
  hint: t("documents.linkHint"),
  isRequired: true,
  maxLength: 2000,
});

/** A file may go by its own name; a link needs one. */
const words = (t: Words, isNamed: boolean): FieldSpec[] => [
  {
    name: "title",
    kind: "text",
    label: t("fields.title"),
    maxLength: 500,
    ...(isNamed ? { isRequired: true } : { hint: t("documents.titleHint") }),
  },
  { name: "datedOn", kind: "day", label: t("fields.datedOn") },
  {
    name: "audience",
    kind: "choice",
    label: t("fields.audience"),
    hint: t("documents.audienceHint"),
    isRequired: true,
    choices: valuesOf("audience").map((id) => ({ id, name: valueWords(t, "audience", id) })),
  },
  { name: "description", kind: "area", label: t("fields.description"), maxLength: 20_000 },
];

/** The forms of a document, and what is done with it. */
export function useDocumentForm(actionId: string, onDone: () => void) {
  const { api } = useApi();
  const { t } = useWords();
  const edit = useEdit<Attachment>({
    read: (attachmentId) =>
      answer(api.GET("/pst/v1/attachments/{attachmentId}", { params: { path: { attachmentId } } })),
    patch: (attachmentId, body, version) =>
      answer(
        api.PATCH("/pst/v1/attachments/{attachmentId}", {
          params: { path: { attachmentId }, header: ifVersion(version) },
          body,
        }),
      ),
    name: useFieldName(),
    words: useValueWords(useNames()),
    said: t("documents.saved"),
    onDone,
  });
  return {
    adding: { file: [fileField(t), ...words(t, false)], link: [linkField(t), ...words(t, true)] },
    fieldsFor: (document: Attachment) => [...(document.link ? [linkField(t)] : []), ...words(t, true)],
    edit,
    mutations: documentMutations(api, actionId, t),
  };
}

/** Bytes first: the document that points at them comes after. */
const upload = (api: Api, file: File): Promise<Schemas["UploadedFile"]> =>
  answer(
    api.POST("/pst/v1/files", {
      body: file as unknown as string,
      bodySerializer: () => file,
      headers: { "Content-Type": mediaTypeOf(file.name) },
    }),
  );

function documentMutations(api: Api, actionId: string, t: Words) {
  const create = async ({ file, ...said }: Changes): Promise<Attachment> => {
    const kept = file instanceof File ? await upload(api, file) : undefined;
    const named = file instanceof File ? { fileName: file.name, title: said.title ?? file.name } : {};
    return answer(
      api.POST("/pst/v1/attachments", {
        params: { header: idempotencyHeader() },
        body: {
          ...(said as unknown as Schemas["AttachmentCreate"]),
          ...(named as { title: string }),
          ...(kept ? { fileId: kept.id } : {}),
          actionId,
        },
      }),
    );
  };
  const add = (said: Changes, words: string = t("documents.added")): Mutation<Attachment> => ({
    show: (rows) => rows,
    send: () => create(said),
    said: words,
    undo: (saved) => remove(saved as Attachment),
  });
  const remove = (document: Attachment): Mutation<Attachment> => ({
    show: (rows) => rows.filter((one) => one.id !== document.id),
    send: async () => {
      await api.DELETE("/pst/v1/attachments/{attachmentId}", {
        params: { path: { attachmentId: document.id }, header: ifVersion(document.version) },
      });
      return undefined;
    },
    said: t("documents.removed"),
    // A file is erased with its last document: that was asked before.
    ...(document.link
      ? {
          undo: () => {
            const { title, description, datedOn, link, audience } = document;
            return add({ title, description, datedOn, link, audience }, t("documents.restored"));
          },
        }
      : {}),
  });
  return { add, remove };
}

<?php
namespace App\Controller;

use Symfony\Bundle\FrameworkBundle\Controller\AbstractController;
use Symfony\Component\Form\Extension\Core\Type as Field;
use Symfony\Component\HttpFoundation\JsonResponse;
use Symfony\Component\HttpFoundation\Request;
use Symfony\Component\HttpFoundation\Response;

/** Articles in a file, and their pictures in public/uploads. */
final class Articles extends AbstractController
{
    private function articles(): array
    {
        $file = $this->getParameter('kernel.project_dir') . '/var/articles.json';
        return is_file($file) ? json_decode(file_get_contents($file), true) : [];
    }

    private function keep(array $articles): void
    {
        file_put_contents($this->getParameter('kernel.project_dir') . '/var/articles.json', json_encode($articles));
    }

    public function list(Request $request): Response
    {
        $sought = $request->query->get('q', '');
        $found = array_filter($this->articles(), fn (array $article) => $sought === '' || stripos($article['title'] . $article['text'], $sought) !== false);
        return $this->render('list.html.twig', ['articles' => $found, 'sought' => $sought]);
    }

    public function show(string $title): Response
    {
        return $this->render('show.html.twig', ['article' => $this->articles()[$title] ?? throw $this->createNotFoundException($title)]);
    }

    public function new(Request $request): Response
    {
        return $this->form($request, ['title' => '', 'text' => '', 'picture' => null]);
    }

    public function edit(Request $request, string $title): Response
    {
        return $this->form($request, $this->articles()[$title] ?? throw $this->createNotFoundException($title));
    }

    private function form(Request $request, array $article): Response
    {
        if (!$request->getSession()->get('name')) {
            return $this->redirectToRoute('login');
        }
        $form = $this->createFormBuilder($article)->add('title', Field\TextType::class)->add('text', Field\TextareaType::class)
            ->add('file', Field\FileType::class, ['mapped' => false, 'required' => false])->add('save', Field\SubmitType::class)->getForm();
        $form->handleRequest($request);
        if ($form->isSubmitted() && $form->isValid()) {
            $articles = $this->articles();
            unset($articles[$article['title']]);
            $article = array_merge($article, $form->getData());
            if ($file = $form['file']->getData()) {
                $article['picture'] = $file->getClientOriginalName();
                $file->move($this->getParameter('kernel.project_dir') . '/public/uploads', $article['picture']);
            }
            $this->keep([$article['title'] => $article] + $articles);
            return $this->redirectToRoute('show', ['title' => $article['title']]);
        }
        return $this->renderForm('form.html.twig', ['form' => $form]);
    }

    public function login(Request $request): Response
    {
        if ($request->isMethod('POST') && $request->request->get('password') === 'jetty') {
            $request->getSession()->migrate();
            $request->getSession()->set('name', $request->request->get('name'));
            return $this->redirectToRoute('list');
        }
        return $this->render('login.html.twig');
    }

    public function logout(Request $request): Response
    {
        $request->getSession()->invalidate();
        return $this->redirectToRoute('list');
    }

    public function api(Request $request): Response
    {
        return $request->headers->get('Authorization') === 'Bearer a/token+of=ours'
            ? new JsonResponse(['method' => $request->getMethod(), 'titles' => array_keys($this->articles()), 'body' => $request->getContent()])
            : new JsonResponse(['error' => 'who are you?'], 401);
    }
}
